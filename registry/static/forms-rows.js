// Repeated entries of a form: adding and removing them, filtering and ordering long choices.
// Without this script every list ends in two empty entries, and emptied ones are dropped on saving.

(() => {
  const numbered = (node, name, number) => {
    for (const attribute of ["name", "id", "for", "aria-describedby", "data-hours-for"]) {
      for (const each of node.querySelectorAll(`[${attribute}]`)) {
        const value = each.getAttribute(attribute);
        each.setAttribute(attribute, value.replaceAll(`${name}-ROW`, `${name}-${number}`));
      }
    }
  };

  const prepare = (row) => {
    const remove = row.querySelector("[data-remove-row]");
    if (!remove) return;
    remove.hidden = false;
    remove.querySelector("button").addEventListener("click", () => {
      const list = row.closest("[data-rows]");
      row.remove();
      list.querySelector("[data-add-row] button").focus();
      list.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };

  // Adds an entry with the next number, or with the one a kept draft gave it.
  const add = (list, wanted) => {
    const number = wanted ?? Number(list.dataset.next);
    list.dataset.next = Math.max(Number(list.dataset.next), number + 1);
    const made = list.querySelector(":scope > template").content.cloneNode(true);
    numbered(made, list.dataset.rows, number);
    const row = made.querySelector("[data-row]");
    row.dataset.number = number;
    list.querySelector(":scope > .rows").append(made);
    row.setAttribute("aria-label", `${row.getAttribute("aria-label").trim()} ${list.querySelectorAll("[data-row]").length}`);
    prepare(row);
    row.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
    return row;
  };

  for (const list of document.querySelectorAll("[data-rows]")) {
    for (const row of list.querySelectorAll("[data-row]")) {
      if ("spare" in row.dataset) row.remove();
      else prepare(row);
    }
    const more = list.querySelector("[data-add-row]");
    more.hidden = false;
    more.querySelector("button").addEventListener("click", () => {
      const first = add(list).querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    });
  }

  for (const filter of document.querySelectorAll("[data-choices-filter]")) {
    filter.hidden = false;
    const choices = filter.parentElement.querySelectorAll(".choice");
    filter.querySelector("input").addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = event.target.value.toLocaleLowerCase().trim();
      for (const choice of choices) {
        const kept = choice.querySelector("input").checked;
        choice.classList.toggle("choice--away", !kept && !choice.textContent.toLocaleLowerCase().includes(wanted));
      }
    });
    filter.querySelector("input").addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  for (const group of document.querySelectorAll("[data-ordered]")) {
    for (const choice of group.querySelectorAll(".choice")) {
      const up = document.createElement("button");
      up.type = "button";
      up.className = "link-button";
      up.textContent = "↑";
      up.setAttribute("aria-label", `${group.dataset.up}: ${choice.textContent.trim()}`);
      up.addEventListener("click", () => {
        if (!choice.previousElementSibling) return;
        choice.previousElementSibling.before(choice);
        up.focus();
        group.dispatchEvent(new Event("input", { bubbles: true }));
      });
      choice.append(up);
    }
  }

  // Choosing an organisation of the register makes the inputs for a new one needless.
  const existing = document.getElementById("f-existing");
  const fresh = document.getElementById("f-actor");
  if (existing && fresh) {
    const show = () => {
      const filled = [...fresh.querySelectorAll("input, select")].some((input) => input.value);
      fresh.classList.toggle("field--away", Boolean(existing.value) && !filled);
    };
    existing.addEventListener("change", show);
    show();
  }

  window.formRows = { add };
})();
