/**
 * Writes an amount given in millionths, in its currency where one is given: two decimals, and three figures of amounts
 * below one. `tag` names the language that writes it.
 */
export function wordMoney(micros: number, currency?: string, tag = "en"): string {
  const amount = micros / 1e6;
  const figures =
    Math.abs(amount) < 1 ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const written = new Intl.NumberFormat(tag, figures).format(amount);
  return currency === undefined ? written : `${written}\u00a0${currency}`;
}
