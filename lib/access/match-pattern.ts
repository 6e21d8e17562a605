/** Whether a text is what a pattern says, where `*` stands for any text; in time of at most pattern × text. */
export function matchesPattern(pattern: string, text: string): boolean {
  let [at, inText] = [0, 0];
  // Where to go on when the text after the last star turns out wrong: the star takes one letter more.
  let [star, taken] = [-1, 0];
  while (inText < text.length) {
    if (pattern[at] === '*') {
      [star, taken] = [at, inText];
      at += 1;
    } else if (pattern[at] === text[inText]) {
      at += 1;
      inText += 1;
    } else if (star !== -1) {
      taken += 1;
      [at, inText] = [star + 1, taken];
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

export function isPattern(text: string): boolean {
  return text.includes('*');
}
