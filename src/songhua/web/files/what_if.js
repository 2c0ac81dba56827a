(() => {
  const form = document.querySelector("form.levers"), place = document.querySelector("[data-answer]");
  if (!form || !place || !window.fetch || !window.URLSearchParams) return;
  const said = document.querySelector("[data-said]");
  let timer = 0, asked = null, events = null;
  const words = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const put = html => {
    place.innerHTML = html;
    const told = place.firstElementChild;
    said.textContent = (told && told.dataset.says) || place.textContent.trim().slice(0, 300);
    follow();
  };
  const follow = () => {
    if (events) events.close();
    const told = place.querySelector("[data-follow], [data-events]");
    if (!told || !window.EventSource) return;
    events = new EventSource(told.dataset.follow || told.dataset.events);
    events.onmessage = e => { if (JSON.parse(e.data).ended) { events.close(); ask(); } };
    events.onerror = () => events.close();
  };
  const ask = async () => {
    if (asked) asked.abort();
    const mine = asked = new AbortController(), query = words().toString();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${form.dataset.part}?${query}`, {signal: mine.signal, credentials: "same-origin"});
      const text = await answer.text();
      if (mine !== asked) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const main = page.querySelector("main");
      if (main) for (const one of main.querySelectorAll("h1")) one.remove();
      put(main ? main.innerHTML : page.body.innerHTML);
      history.replaceState(null, "", `${form.getAttribute("action")}${query ? "?" + query : ""}`);
      for (const one of document.querySelectorAll("a[hreflang], .foot a[href*='what-if']")) one.search = location.search;
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = String(error);
    }
    if (mine === asked) place.removeAttribute("aria-busy");
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(ask, 180); };
  for (const range of form.querySelectorAll("input[type=range]")) {
    const number = document.getElementById(range.dataset.of), start = range.dataset.start, mark = () => {
      range.parentElement.classList.toggle("set", number.value !== "" && number.value !== start);
      range.setAttribute("aria-valuetext", range.dataset.spoken.replace("{n}", number.value || start));
    };
    range.value = start;
    const home = range.value;
    range.value = number.value || start;
    range.hidden = false;
    range.addEventListener("input", () => { number.value = range.value === home ? "" : range.value; mark(); later(); });
    number.addEventListener("input", () => { range.value = number.value || start; mark(); later(); });
  }
  form.addEventListener("change", later);
  form.addEventListener("submit", e => { e.preventDefault(); clearTimeout(timer); ask(); });
  follow();
})();
