import fc from 'fast-check';
import { emailForms } from './normalize-email.js';

describe('emailForms', () => {
  it.each([
    ['user@example.com', 'user@example.com', 'user@example.com'],
    ['User.Name@Example.COM', 'User.Name@example.com', 'user.name@example.com'],
    ['user+tag@example.com', 'user+tag@example.com', 'user+tag@example.com'],
    ['Jörg@BÜCHER.example', 'Jörg@bücher.example', 'jörg@xn--bcher-kva.example'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['"a@b"@example.com', '"a@b"@example.com', '"a@b"@example.com'],
  ])('shows %s as %s and finds it as %s', (address, shown, normalized) => {
    expect(emailForms(address)).toEqual({ shown, normalized });
  });

  it('finds a domain by either of its spellings', () => {
    expect(emailForms('a@münchen.example').normalized).toBe(
      emailForms('a@xn--mnchen-3ya.example').normalized,
    );
  });

  it('leaves a domain alone that DNS could not hold', () => {
    const long = `${'ü'.repeat(60)}.`.repeat(6);
    expect(emailForms(`a@${long}example`).normalized).toBe(`a@${long}example`);
  });

  it('is the same for what it made itself', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const { shown, normalized } = emailForms(address);
        expect(emailForms(shown)).toEqual({ shown, normalized });
        expect(emailForms(normalized).normalized).toBe(normalized);
      }),
    );
  });
});
