(() => {
  const waiting = document.querySelector("[data-events]");
  // what answers no more may have ended: the page comes back with it
  const again = () => setTimeout(() => fetch(location.href, {method: "HEAD"}).then(() => location.reload(), again), 3000);
  if (waiting && !window.EventSource) again();
  if (waiting && window.EventSource) {
    const bar = waiting.querySelector("progress"), step = waiting.querySelector("[data-step]");
    const events = new EventSource(waiting.dataset.events);
    events.onmessage = e => {
      const told = JSON.parse(e.data);
      if (told.ended) { events.close(); location.reload(); return; }
      step.textContent = told.step;
      if (told.total) { bar.max = told.total; bar.value = told.done; }
    };
    events.onerror = () => { events.close(); again(); };
  }
})();
