"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const form = document.getElementById("filter");
  const rows = all("li.row");

  const open = (element) => {
    for (let node = element; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
  };

  const filter = () => {
    const shown = all("#filter [name=show]:checked").map((box) => box.value);
    const wanted = form.find.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.hidden = !shown.includes(row.dataset.state) || !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) count += 1;
    }
    for (const fold of all("li.fold")) {
      fold.hidden = !fold.querySelector("li.row:not([hidden])");
      if (wanted && !fold.hidden) fold.firstElementChild.open = true;
    }
    document.getElementById("shown").textContent = `${count} of ${rows.length} requirements shown`;
    return { shown, wanted };
  };

  const keep = ({ shown, wanted }) => {
    const choice = new URLSearchParams();
    if (shown.length < form.show.length) choice.set("show", shown.join(","));
    if (wanted) choice.set("find", wanted);
    history.replaceState(null, "", `#${choice}`);
  };

  const follow = () => {
    const address = location.hash.slice(1);
    const choice = new URLSearchParams(address);
    if (form && (choice.has("show") || choice.has("find"))) {
      const shown = choice.has("show") ? choice.get("show").split(",") : null;
      for (const box of form.show) box.checked = !shown || shown.includes(box.value);
      form.find.value = choice.get("find") || "";
      filter();
      return;
    }
    const target = address && document.getElementById(address);
    if (!target) return;
    if (form && target.closest("[hidden]")) {
      form.reset();
      filter();
    }
    open(target);
    target.scrollIntoView();
  };

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".ledger details.need, .fold > details").filter((element) => !element.open);
    for (const element of opened) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
  });
  addEventListener("hashchange", follow);

  if (form) {
    form.hidden = false;
    form.addEventListener("input", () => keep(filter()));
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }
  follow();
})();
