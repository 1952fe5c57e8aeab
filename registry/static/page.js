// Small help on every page: printing, sharing, leaving, and sending a form when a choice in it is made.

// What was typed into a form is kept until it was saved: until the answer to it is neither an error,
// nor the form with what is wrong in it, nor the page to sign in again.
function forgetSaved() {
  const sent = sessionStorage.getItem("form-sent");
  if (!sent) return;
  const [visit] = performance.getEntriesByType("navigation");
  const refused = visit?.responseStatus >= 400 || document.querySelector("[data-error-summary], form[data-typed]");
  if (!refused && !document.querySelector("input[type=password]")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem("form-sent");
}

try {
  forgetSaved();
} catch {
  // The browser allows no storage: then nothing was kept either.
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Away at once: the page goes white, its place in the history is taken, and an older page of ours
// that somebody goes back to in this tab leads away again. What the device keeps stays as it is.
const LEFT = "registry-left";
const exit = document.querySelector("[data-leave]");

function leave() {
  document.documentElement.hidden = true;
  location.replace(exit.href);
}

function hasLeft(cameBack) {
  try {
    if (!cameBack) sessionStorage.removeItem(LEFT);
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false; // the browser allows no storage
  }
}

function remember() {
  try {
    sessionStorage.setItem(LEFT, "");
  } catch {
    // Then only this page is gone.
  }
}

if (exit) {
  const [visit] = performance.getEntriesByType("navigation");
  if (hasLeft(visit?.type === "back_forward")) leave();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft(true)) leave();
  });
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    remember();
    leave();
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
        button.nextElementSibling.textContent = button.dataset.share;
      }
    } catch {
      // Whoever closes the menu has changed their mind.
    }
  });
}

for (const control of document.querySelectorAll("[data-submits]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}

// What takes some seconds says so and is begun once; the form is as before when one comes back.
for (const form of document.querySelectorAll("form[data-working]")) {
  const status = form.querySelector("[role=status]");
  const turn = (working) => {
    if (working) form.setAttribute("aria-busy", "true");
    else form.removeAttribute("aria-busy");
    status.textContent = working ? form.dataset.working : "";
  };
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("aria-busy")) event.preventDefault();
    else turn(true);
  });
  addEventListener("pageshow", (event) => event.persisted && turn(false));
}
