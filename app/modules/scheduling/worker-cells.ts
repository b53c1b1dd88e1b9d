import { cellAt, cellStart, cellsTouched } from './grid.ts';

/**
 * A person whose time several pools sell has cells of their own beside the resource's, on one grid for all these pools: two pools cannot
 * claim the same quarter of an hour of them. Pools have grids of whole quarters; of any other the quarters it touches count.
 */
export const WORKER_GRID = 15;
/** The pool id in claims on a person's own cells, which belong to no pool. */
export const NO_POOL = '';

/** The person's cells that cells of a pool's grid touch, ascending, each once. @param cells ascending */
export function workerCells(gridMinutes: number, cells: Int32Array): Int32Array {
  return convert(cells, gridMinutes, WORKER_GRID);
}

/** The cells of a pool's grid that cells of a person touch, ascending, each once. @param cells ascending */
export function poolCells(gridMinutes: number, cells: Int32Array): Int32Array {
  return convert(cells, WORKER_GRID, gridMinutes);
}

function convert(cells: Int32Array, from: number, to: number): Int32Array {
  const touched: number[] = [];
  for (const cell of cells) {
    const { from: first, until } = cellsTouched(to, { from: cellStart(from, cell), until: cellStart(from, cell + 1) });
    for (let i = Math.max(first, (touched.at(-1) ?? Number.NEGATIVE_INFINITY) + 1); i < until; i++) touched.push(i);
  }
  return Int32Array.from(touched);
}

/** Cells of a person next to an instant as cells of a pool: the last that ends before it, the first that ends behind it. */
export const poolNeighbours = (gridMinutes: number, at: number, { before, from }: { before: number | null; from: number | null }) => ({
  before: before === null ? null : cellAt(gridMinutes, cellStart(WORKER_GRID, before + 1) - 1),
  from: from === null ? null : Math.max(cellAt(gridMinutes, at), cellAt(gridMinutes, cellStart(WORKER_GRID, from))),
});
