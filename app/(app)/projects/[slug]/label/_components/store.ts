export type Store<State, Action> = {
  get: () => State;
  dispatch: (action: Action) => void;
  /** Calls `listener` after every change; the answer ends that. */
  subscribe: (listener: () => void) => () => void;
};

/** State outside of React, because answers of the server arrive between renders and must see the newest. */
export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
): Store<State, Action> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: (action) => {
      const before = state;
      state = reduce(state, action);
      if (state !== before) for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
