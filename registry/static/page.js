// Small help on every page: printing, sharing, leaving, and sending a form when a choice in it is made.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Away at once: the page goes white, and going back does not lead here.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(link.href);
  });
}

// The menu of the device where it has one, else the address goes to the clipboard.
for (const button of document.querySelectorAll("[data-share]")) {
  const address = location.origin + location.pathname;
  button.hidden = !navigator.share && !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share({ title: document.title, url: address });
      else {
        await navigator.clipboard.writeText(address);
        button.querySelector("[role=status]").textContent = button.dataset.share;
      }
    } catch {
      // Whoever closes the menu has changed their mind.
    }
  });
}

for (const control of document.querySelectorAll("[data-submits]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}
