/** The protection space that challenges name (RFC 9110, 11.5). */
export const REALM = 'insider';
