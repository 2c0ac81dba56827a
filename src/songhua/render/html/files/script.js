(() => {
  const root = document.documentElement, tools = document.querySelector(".tools");
  if (!tools) return;
  tools.hidden = false;
  const [find, out, look, print] = tools.children;
  const held = { get: () => { try { return localStorage.getItem("songhua-look"); } catch { return null; } },
    set: v => { try { localStorage.setItem("songhua-look", v); } catch { /* kept for this page alone */ } } };
  const show = v => { if (v) root.dataset.look = v; };
  show(held.get());
  look.onclick = () => {
    const dark = root.dataset.look ? root.dataset.look === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    show(dark ? "light" : "dark"); held.set(root.dataset.look);
  };
  print.onclick = () => {
    root.classList.add("all");
    const shut = [...document.querySelectorAll("main details:not([open])")];
    shut.forEach(d => { d.open = true; });
    window.print();
    shut.forEach(d => { d.open = false; });
    root.classList.remove("all");
  };
  let hits = [], at = -1;
  const go = n => {
    if (!hits.length) return;
    at = (n + hits.length) % hits.length;
    for (let d = hits[at].closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    document.querySelectorAll(".now").forEach(e => e.classList.remove("now"));
    hits[at].classList.add("now");
    hits[at].scrollIntoView({ block: "center" });
    out.textContent = `${at + 1}/${hits.length}`;
  };
  const seek = () => {
    const word = find.value.trim().toLowerCase();
    document.querySelectorAll(".hit").forEach(e => e.classList.remove("hit", "now"));
    hits = word.length < 2 && !/[^\x00-\u2e7f]/.test(word) ? [] :
      [...document.querySelectorAll("main :is(h2,h3,h4,tr,li,p,dd,figcaption,summary)")].filter(e =>
        e.textContent.toLowerCase().includes(word) && !e.querySelector("tr,li,p,dd"));
    hits.forEach(e => e.classList.add("hit"));
    out.textContent = word ? `${hits.length}` : "";
    at = -1;
  };
  let wait;
  find.oninput = () => { clearTimeout(wait); wait = setTimeout(seek, 150); };
  find.onkeydown = e => {
    if (e.key !== "Enter") return;
    e.preventDefault(); clearTimeout(wait);
    if (at < 0) seek();
    go(at + (e.shiftKey ? -1 : 1));
  };
})();
