/** Marking of answers. */

import type { Question, Quiz } from "./work.ts";

export type Response = readonly string[]; // option ids, or one text for a short answer

export function isRight(question: Question, response: Response): boolean {
  if (question.type === "short") {
    const given = normalise(response[0] ?? "");
    return given !== "" && question.answers.some((answer) => normalise(answer) === given);
  }
  const wanted = new Set(question.answers);
  return wanted.size === new Set(response).size && response.every((id) => wanted.has(id));
}

/** Case, spaces, punctuation and the marks of inline text do not count; signs and digits do where nothing else is there. */
export function normalise(text: string): string {
  const folded = text.normalize("NFKC").toLowerCase().trim();
  const words = folded.replace(/[^\p{L}\p{N}\p{M}+\-=<>/%]/gu, "").replace(/(?<=\p{L})-(?=\p{L})/gu, "");
  return words || folded.replace(/\s/gu, "");
}

export function isAnswered(question: Question, response: Response): boolean {
  return question.type === "short" ? (response[0] ?? "").trim() !== "" : response.length > 0;
}

export function score(quiz: Quiz, right: (question: Question) => boolean): { got: number; of: number } {
  const sum = (questions: readonly Question[]): number => questions.reduce((total, q) => total + q.points, 0);
  return { got: sum(quiz.questions.filter(right)), of: sum(quiz.questions) };
}
