/** Why nothing can run as asked, with the way out: for people, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
