// The list to choose partners from follows what is typed; without this, the search is a button.

for (const search of document.querySelectorAll("[data-filters]")) {
  const choices = document.getElementById(search.dataset.filters).querySelectorAll(".choice");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
  search.addEventListener("input", () => {
    const wanted = fold(search.value);
    for (const choice of choices) {
      const kept = choice.querySelector("input").checked;
      choice.classList.toggle("choice--away", !kept && !fold(choice.textContent).includes(wanted));
    }
  });
}
