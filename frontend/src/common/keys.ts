/** The focused element has a use of its own for this key. */
export function takesKeys(event: KeyboardEvent): boolean {
  const element = event.target instanceof Element ? event.target : null;
  if (!element) return false;
  if (element.closest("textarea, select, input:not([type=range], [type=radio], [type=checkbox])")) return true;
  const arrows = event.key.startsWith("Arrow");
  if (element.matches("input[type=range], input[type=radio]") && arrows) return true;
  if (element.closest("[data-scrolls]") && (event.key === "ArrowUp" || event.key === "ArrowDown" || event.key.startsWith("Page"))) return true;
  const presses = event.key === " " || event.key === "Enter";
  return presses && element.closest("button, a, summary, input") !== null && !element.matches("input[type=range]");
}
