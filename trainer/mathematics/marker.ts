/** @file Words before an answer, in the languages that models answer in. */

const MARKERS: readonly string[] = [
  // GSM8K's own.
  "####",
  // English
  "(?:answers?|ans|solutions?|results?|value)(?: to (?:this|the) (?:question|problem))?(?: for [^.\\n]{1,40}?)? ?(?:is|are|would be|must be|should be|will be|equals|=|:)(?: (?:therefore|thus|then|simply|just|option|choice))?",
  "(?:answer|ans|final answer) ?[:：=]",
  '"?(?:final_)?answer"? ?:',
  "#{1,6} ?\\**(?:the |final )*(?:answer|solution|result)\\**:?(?=\\s*\\n)",
  "(?:correct|right|best) (?:option|choice)(?: is|:)",
  "(?:option|choice) ?:",
  "(?:i|we)(?: would)? (?:choose|select|pick|answer)(?: with)?(?: option| choice)?",
  // Chinese
  "(?:答案|答|结果|解)(?:应该|应|就)?(?:是|为|選|选)[:：]?",
  "(?:答案|解答|答)\\s*[:：]",
  "(?:选|選)(?:择|項|项)?\\s*[:：]?",
  // Japanese, Korean
  "(?:答え|解答|正解|答)(?:は|:|：)",
  "(?:정답|답|최종 답)(?:은|는|:|：)",
  // German
  "(?:antwort|lösung|ergebnis|endergebnis)(?: ist| lautet| beträgt)?(?: also| somit| daher)? ?:?",
  // French
  "(?:réponse|solution)s?(?: finale| correcte)? ?(?:est|sont|:)(?: donc)?",
  // Spanish, Portuguese, Italian
  "(?:respuesta|solución)(?: final| correcta)? ?(?:es|son|:)(?: entonces)?",
  "(?:resposta|solução)(?: final| correta)? ?(?:é|são|:)",
  "(?:risposta|soluzione)(?: finale| corretta)? ?(?:è|sono|:)",
  // Dutch, Polish, Swedish, Turkish, Vietnamese
  "antwoord(?: is| luidt)? ?:?",
  "(?:odpowiedź|odpowiedzią)(?: to| jest| brzmi)? ?:?",
  "svaret är ?:?",
  "(?:cevap|yanıt)(?: şudur)? ?:",
  "(?:đáp án|đáp số|câu trả lời)(?: là| cuối cùng là)? ?:?",
  // Russian, Ukrainian
  "ответ(?: равен| будет| -| —)? ?:?",
  "відповідь ?:?",
  // Arabic, Hindi
  "(?:الجواب|الإجابة)(?: هو| هي| النهائية)? ?:?",
  "(?:उत्तर|अंतिम उत्तर)(?: है)? ?:?",
];

const ANY = new RegExp(`(?<![a-zA-Z\\d])(?:${MARKERS.join("|")})`, "giu");
/** "The answer is not 5" says nothing of what it is, and "answer the question" is no answer. */
const NO_ANSWER = /^\s*(?:the (?:question|problem)\b|to\b|of\b|by\b|in the\b)/i;
const DENIED = /^\s*(?:not\b|n't|nicht\b|non\b|не\b|不是)/i;

/** Where the answer behind the last marker begins; undefined without one, `denied` if the last one only says what it is not. */
export function afterMarker(text: string): number | "denied" | undefined {
  let found: number | "denied" | undefined;
  for (const match of text.matchAll(ANY)) {
    const end = match.index + match[0].length;
    const rest = text.slice(end, end + 40);
    if (rest.trim() !== "" && !NO_ANSWER.test(rest)) found = DENIED.test(rest) ? "denied" : end;
  }
  return found;
}
