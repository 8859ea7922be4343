import { domainToASCII } from 'node:url';

export interface EmailForms {
  /** As the person wrote it, with the domain in lower case. */
  readonly shown: string;
  /** For search and erasure: all in lower case, the domain in punycode; `+tags` stay. */
  readonly normalized: string;
}

/** Splits an address that was checked before. */
export function emailForms(address: string): EmailForms {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  return {
    shown: `${local}@${domain}`,
    normalized: `${local.toLowerCase()}@${ascii(domain)}`,
  };
}

/** Punycode, unless the name is none that DNS could hold. */
function ascii(domain: string): string {
  const converted = domainToASCII(domain);
  return converted !== '' && converted.length <= 253 ? converted : domain;
}
