/** The dialect's name: in keys, in metrics, at /docs/<name>.json. */
export const NAME = 'feelback';
