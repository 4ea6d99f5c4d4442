/**
 * Keeps a run of text at the width it was laid out with, where the reader's system draws it with another font than
 * was measured (a rare character, a missing font): then, and only then, the glyphs are squeezed or spread.
 */

const TOLERANCE = 0.01;

export function fit(width: number): (text: SVGTextElement) => () => void {
  return (text) => {
    let gone = false;
    void document.fonts.ready.then(() => {
      if (gone || width <= 0) return;
      const drawn = text.getComputedTextLength();
      if (drawn > 0 && Math.abs(drawn - width) > Math.max(0.6, width * TOLERANCE)) {
        text.setAttribute("textLength", String(width));
        text.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
    });
    return () => {
      gone = true;
    };
  };
}
