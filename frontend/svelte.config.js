/** Elements are built one by one (`tree`), never from a string of HTML, so the page can forbid that altogether. */
export default {
  compilerOptions: { runes: true, fragments: "tree", modernAst: true },
};
