// Dragging items of a programme. The buttons beside each item do the same without this script.

(() => {
  const form = document.querySelector("[data-place]");
  if (!form) return;
  const items = [...document.querySelectorAll("[data-item]")];
  const ends = [...document.querySelectorAll("[data-end]")];
  let held = null;

  const shown = (target) => {
    for (const each of items) each.classList.toggle("timetable__item--before", each === target);
    for (const each of ends) each.classList.toggle("timetable__end--before", each === target);
  };

  const drop = (target) => {
    form.elements.dragged.value = held.dataset.item;
    form.elements.day.value = target.closest("[data-day]")?.dataset.day ?? "";
    form.elements.before.value = target.dataset.item ?? "";
    form.requestSubmit();
  };

  for (const item of items) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      held = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.querySelector("h3").textContent);
      item.classList.add("timetable__item--held");
    });
    item.addEventListener("dragend", () => {
      item.classList.remove("timetable__item--held");
      shown(null);
      held = null;
    });
  }

  for (const target of [...items, ...ends]) {
    target.addEventListener("dragover", (event) => {
      if (!held || target === held) return;
      event.preventDefault();
      shown(target);
    });
    target.addEventListener("drop", (event) => {
      if (!held || target === held) return;
      event.preventDefault();
      drop(target);
    });
  }

  for (const each of document.querySelectorAll("[data-can-drag]")) each.hidden = false;
})();
