// 64em and more is a desk. The class carries the desk's sizes to the tokens.
const at = $state({ wide: false });
export const wide = (): boolean => at.wide;

export function startWide(): void {
  const query = matchMedia('(min-width: 64em)');
  const look = () => {
    at.wide = query.matches;
    document.documentElement.classList.toggle('desk', query.matches);
  };
  query.addEventListener('change', look);
  look();
}
