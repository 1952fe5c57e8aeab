// Long lists to choose from follow what is typed. Without this a list is long, or its search a button.

const MANY = 30;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();

for (const search of document.querySelectorAll("[data-filters]")) {
  const choices = document.getElementById(search.dataset.filters).querySelectorAll(".choice");
  search.addEventListener("input", () => {
    const wanted = fold(search.value);
    for (const choice of choices) {
      const kept = choice.querySelector("input").checked;
      choice.classList.toggle("choice--away", !kept && !fold(choice.textContent).includes(wanted));
    }
  });
}

// What is chosen, and what stands for nothing, stays in the list.
function searchable(select, words) {
  const options = [...select.options].map((option) => [option, fold(option.text)]);
  const search = Object.assign(document.createElement("input"), { type: "search", className: "kern-form-input__input choices-filter", placeholder: words, autocomplete: "off" });
  search.setAttribute("aria-label", `${select.labels[0].textContent}: ${words}`);
  search.addEventListener("input", () => {
    const wanted = fold(search.value);
    select.replaceChildren(...options.filter(([option, text]) => !option.value || option.selected || text.includes(wanted)).map(([option]) => option));
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    select.focus();
  });
  (select.closest(".kern-form-input__select-wrapper") ?? select).before(search);
}

for (const part of document.querySelectorAll("[data-choosing]"))
  for (const select of part.querySelectorAll("select"))
    if (select.options.length > MANY) searchable(select, part.dataset.choosing);
