// The weekly-hours editor: a table of weekdays that writes OSM opening hours into the text input.
// Hours it cannot show in its table stay untouched in the input.

(() => {
  const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
  const GERMAN = { Di: "Tu", Mi: "We", Do: "Th", So: "Su" };
  const SPAN = /^(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?$/;
  const RULE = /^((?:[A-Z][a-z](?:-[A-Z][a-z])?)(?:\s*,\s*[A-Z][a-z](?:-[A-Z][a-z])?)*)\s+(.+)$/;

  const daysOf = (text) => {
    const found = [];
    for (const part of text.split(",")) {
      const [from, to] = part.trim().split("-").map((day) => DAYS.indexOf(GERMAN[day] ?? day));
      if (from < 0 || to < 0) return null;
      for (let day = from; ; day = (day + 1) % 7) {
        found.push(DAYS[day]);
        if (day === (to ?? from)) break;
      }
    }
    return found;
  };

  const spanOf = (text) => {
    const found = SPAN.exec(text.trim());
    if (!found) return null;
    const [, h1, m1 = "00", h2, m2 = "00"] = found;
    return [`${h1.padStart(2, "0")}:${m1}`, `${h2.padStart(2, "0")}:${m2}`];
  };

  // Returns {week, off}, or null where a table of weekdays cannot say the same.
  const parse = (text) => {
    const week = new Map();
    let off = false;
    for (const rule of text.split(";").map((part) => part.trim()).filter(Boolean)) {
      if (/^PH\s+(off|closed)$/.test(rule)) { off = true; continue; }
      const found = RULE.exec(rule);
      const days = found && daysOf(found[1]);
      const spans = found && (found[2].trim() === "off" ? [] : found[2].split(",").map(spanOf));
      if (!days || spans.includes(null)) return null;
      for (const day of days) week.set(day, spans);
    }
    return { week, off };
  };

  // Neighbouring days with equal hours become one rule.
  const write = (week, off) => {
    const rules = [];
    for (const day of DAYS) {
      const hours = (week.get(day) ?? []).map(([from, to]) => `${from}-${to}`).join(",");
      const last = rules.at(-1);
      if (last && last.hours === hours) last.to = day;
      else rules.push({ from: day, to: day, hours });
    }
    const said = rules.filter((rule) => rule.hours)
      .map((rule) => `${rule.from === rule.to ? rule.from : `${rule.from}-${rule.to}`} ${rule.hours}`);
    if (off && said.length) said.push("PH off");
    return said.join("; ");
  };

  const setUp = (holder) => {
    const input = document.getElementById(holder.dataset.hoursFor);
    if (!input || holder.firstElementChild) return;
    holder.append(document.getElementById("hours-editor").content.cloneNode(true));
    const holidays = holder.querySelector("[data-holidays]");

    const addSpan = (row, from = "", to = "") => {
      const made = document.getElementById("hours-span").content.cloneNode(true);
      const [start, end] = made.querySelectorAll("input");
      start.value = from;
      end.value = to;
      const day = row.querySelector("th").textContent;
      for (const each of [start, end]) each.setAttribute("aria-label", `${day} ${each.getAttribute("aria-label")}`);
      const span = made.querySelector("[data-span]");
      made.querySelector("[data-remove-span]").addEventListener("click", () => {
        span.remove();
        row.querySelector("[data-add-span]").focus();
        store();
      });
      row.querySelector("[data-spans]").append(made);
      return start;
    };

    const store = () => {
      const week = new Map();
      for (const row of holder.querySelectorAll("[data-day]")) {
        const spans = [...row.querySelectorAll("[data-span]")]
          .map((span) => [...span.querySelectorAll("input")].map((each) => each.value))
          .filter(([from, to]) => from && to);
        if (spans.length) week.set(row.dataset.day, spans);
      }
      input.value = write(week, holidays.checked);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const show = () => {
      const read = parse(input.value);
      holder.querySelector("[data-unreadable]").hidden = Boolean(read);
      for (const spans of holder.querySelectorAll("[data-spans]")) spans.replaceChildren();
      holidays.checked = read ? read.off || !input.value.trim() : false;
      if (!read) return;
      for (const row of holder.querySelectorAll("[data-day]")) {
        for (const [from, to] of read.week.get(row.dataset.day) ?? []) addSpan(row, from, to);
      }
    };

    for (const row of holder.querySelectorAll("[data-day]")) {
      row.querySelector("[data-add-span]").addEventListener("click", () => addSpan(row).focus());
    }
    holder.addEventListener("input", (event) => { event.stopPropagation(); store(); });
    input.addEventListener("change", show);
    show();
  };

  const all = (root) => root.querySelectorAll("[data-hours-for]").forEach(setUp);
  all(document);
  document.addEventListener("row-added", (event) => all(event.target));
})();
