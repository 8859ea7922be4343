/** The dialect's name: in `feedback.dialect`, in metrics, at /docs/<name>.json. */
export const NAME = 'source-import';
