// The daily check-in: pain during and after is asked only where something was done.
for (const form of document.querySelectorAll(".daily")) {
  const part = form.querySelector("[data-with-deeds]");
  const hide = () => { part.hidden = form.querySelector('input[name="did"]:checked') === null; };
  form.addEventListener("change", hide);
  hide();
}
