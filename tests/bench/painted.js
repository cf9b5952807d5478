// When the last change of the page's content was painted, and when the person last acted.
window.bench = {acted: 0, painted: 0};
const paint = () => requestAnimationFrame(() => { window.bench.painted = performance.now(); });
new MutationObserver((changes) => {
  const main = document.querySelector('[data-testid=stMain]');
  if (main && changes.some((change) => main.contains(change.target))) paint();
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
for (const kind of ['pointerdown', 'keydown']) {
  document.addEventListener(kind, () => { window.bench.acted = performance.now(); }, true);
}
window.bench.settled = (quiet) => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.dataset.testScriptState !== 'notRunning') return false;
  if (document.querySelector('[data-testid=stSkeleton]')) return false;
  const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')];
  if (charts.some((chart) => !chart.querySelector('svg, canvas'))) return false;
  const {acted, painted} = window.bench;
  return painted > acted && performance.now() - painted > quiet;
};
