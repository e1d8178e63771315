// What the engine knows of commands about saved views: what was saved, renamed or moved here shows at once, in
// every tab and without signal. The server decides by the same steps (backend/foundation/saved_views/rules.py).

import type { Preview, RecordRules } from '@/foundation/catalogue';
import type { Body } from '@/foundation/store/tables';

export interface View {
  id: string;
  name: string;
  list: string;
  query: Record<string, string | string[]>;
  standard: boolean;
}
export interface SavedViewsBody {
  views: View[];
}

/** Of somebody else's views nothing is kept here. The record goes with its last view. */
const own =
  (change: (views: View[], args: Body) => View[]): Preview['apply'] =>
  (body, { args, actor }, [, id]) => {
    if (id !== actor) return undefined;
    const views = change((body?.views ?? []) as View[], args);
    return views.length ? { ...body, views } : null;
  };

/** In one line. */
export const tidy = (name: string): string => name.trim().split(/\s+/).join(' ');

function add(views: View[], { view, name, list, query }: Body): View[] {
  if (views.some(({ id }) => id === view)) return views;
  return [...views, { id: view, name: tidy(String(name)), list, query, standard: false } as View];
}

function change(views: View[], { view, name, query }: Body): View[] {
  return views.map((one) => {
    if (one.id !== view) return one;
    const given = {
      ...(name != null && { name: tidy(String(name)) }),
      ...(query != null && { query }),
    };
    return { ...one, ...given } as View;
  });
}

function move(views: View[], { view, place }: Body): View[] {
  const moved = views.find(({ id }) => id === view);
  if (!moved) return views;
  const others = views.filter((one) => one !== moved);
  others.splice(Number(place), 0, moved);
  return others;
}

function prefer(views: View[], { view, standard }: Body): View[] {
  const preferred = views.find(({ id }) => id === view);
  if (!preferred) return views;
  return views.map((one) => {
    if (one === preferred) return { ...one, standard: standard === true };
    // No longer the standard says nothing of the others.
    return standard && one.list === preferred.list ? { ...one, standard: false } : one;
  });
}

const remove = (views: View[], { view }: Body): View[] => views.filter(({ id }) => id !== view);

export const rules: RecordRules = {
  previews: {
    'saved_views.add': { apply: own(add) },
    'saved_views.change': { apply: own(change) },
    'saved_views.move': { apply: own(move) },
    'saved_views.prefer': { apply: own(prefer) },
    'saved_views.remove': { apply: own(remove) },
  },
};
