// Comfort only: every page works without it.

// The box in a table's head ticks all boxes of the table, and the form says how many are ticked.
for (const form of document.querySelectorAll("form[data-select]")) {
  const all = form.querySelector("input[data-all]");
  const boxes = [...form.querySelectorAll("input[name='key_id']")];
  const count = form.querySelector("[data-count]");
  const actions = [...form.querySelectorAll("button[name='action']")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked === 0 ? "None selected" : `${ticked} selected`;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    for (const action of actions) {
      action.disabled = ticked === 0;
    }
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) {
      box.checked = all.checked;
    }
    show();
  });
  for (const box of boxes) {
    box.addEventListener("change", show);
  }
  show();
}

// A choice that only changes the view takes effect at once.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
