/** How a picture is looked at: how much larger than it fits, and the point of it, as shares, that is in the middle. */
export type View = { zoom: number; x: number; y: number };

/** Width and height: of a frame on the page, or of a picture in its own pixels. */
export type Size = { width: number; height: number };

/** A place in a frame, in pixels from its middle. */
export type Place = { x: number; y: number };

export const wholeView: View = { zoom: 1, x: 0.5, y: 0.5 };
export const maxZoom = 16;
/** What one press of a key or a button does. */
export const zoomStep = 1.5;
/** Share of the frame that an arrow key goes on. */
export const panStep = 0.2;

/** The size of a whole picture in its frame: as large as fits, so that one of half the pixels is looked at alike. */
export function fitted(frame: Size, picture: Size): Size {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** The view nearest to a view that leaves no edge of the frame empty for nothing. */
export function clampView({ zoom, x, y }: View, frame: Size, picture: Size): View {
  const inside = Math.min(maxZoom, Math.max(1, zoom));
  const fit = fitted(frame, picture);
  return {
    zoom: inside,
    x: clampCentre(x, frame.width / (fit.width * inside)),
    y: clampCentre(y, frame.height / (fit.height * inside)),
  };
}

/** Zooms so that the point of the picture under a place of the frame stays there. */
export function zoomAt(view: View, factor: number, place: Place, frame: Size, picture: Size): View {
  const from = clampView(view, frame, picture);
  const zoom = Math.min(maxZoom, Math.max(1, from.zoom * factor));
  const fit = fitted(frame, picture);
  const move = 1 / from.zoom - 1 / zoom;
  const to = { zoom, x: from.x + (place.x / fit.width) * move, y: from.y + (place.y / fit.height) * move };
  return clampView(to, frame, picture);
}

/** Moves the picture by so many pixels of the frame. */
export function panBy(view: View, by: Place, frame: Size, picture: Size): View {
  const from = clampView(view, frame, picture);
  const fit = fitted(frame, picture);
  const to = { ...from, x: from.x - by.x / (fit.width * from.zoom), y: from.y - by.y / (fit.height * from.zoom) };
  return clampView(to, frame, picture);
}

/** Where a picture that fits into the middle of its frame is drawn for a view. */
export function transformOf(view: View, frame: Size, picture: Size): string {
  const { zoom, x, y } = clampView(view, frame, picture);
  const fit = fitted(frame, picture);
  const [dx, dy] = [(0.5 - x) * fit.width * zoom, (0.5 - y) * fit.height * zoom];
  return `translate(${round(dx)}px, ${round(dy)}px) scale(${round(zoom)})`;
}

/** The middle of a stretch that shows a share of the picture; of more than all of it the middle is the picture's. */
function clampCentre(centre: number, share: number): number {
  return share >= 1 ? 0.5 : Math.min(1 - share / 2, Math.max(share / 2, centre));
}

/** Style is text, and no screen shows less. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
