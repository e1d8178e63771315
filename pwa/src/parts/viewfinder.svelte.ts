// The camera behind a <video>, shared by whatever looks through it. It is let go of in every way a part can end.
export type CameraState = 'starting' | 'on' | 'refused' | 'absent' | 'busy';

export interface Viewfinder {
  state(): CameraState;
  /** the picture's own track, for its light */
  track(): MediaStreamTrack | null;
  retry(): void;
  /** an action for the video element */
  attach(video: HTMLVideoElement): { destroy(): void };
}

const WHY: Record<string, CameraState> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export function viewfinder(wanted: MediaTrackConstraints): Viewfinder {
  let state = $state<CameraState>('starting');
  let track = $state.raw<MediaStreamTrack | null>(null);

  function attach(video: HTMLVideoElement) {
    let stream: MediaStream | null = null;
    let gone = false;
    const media = navigator.mediaDevices?.getUserMedia({ video: wanted });
    if (!media) state = 'absent';
    media?.then(
      (opened) => {
        if (gone) return letGo(opened);
        stream = opened;
        video.srcObject = opened;
        track = opened.getVideoTracks()[0] ?? null;
        state = 'on';
      },
      (error: DOMException) => {
        if (!gone) state = WHY[error.name] ?? 'absent';
      },
    );
    return {
      destroy() {
        gone = true;
        track = null;
        if (stream) letGo(stream);
      },
    };
  }
  return {
    state: () => state,
    track: () => track,
    retry: () => {
      state = 'starting';
    },
    attach,
  };
}

function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
