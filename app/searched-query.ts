/** The query of an address, as Next hands it to a page. */
export type Searched = Readonly<Record<string, string | string[] | undefined>>;

/** The same in the browser's own type, which the readers of addresses take. */
export function searchedQuery(searched: Searched): URLSearchParams {
  return new URLSearchParams(
    Object.entries(searched).flatMap(([name, value = []]) => [value].flat().map((one) => [name, one])),
  );
}
