import { expect, it } from '@jest/globals'
import { detect, hint } from '../../../src/domain/masking/detectors.js'

it.each([
  ['email', 'write to ada.lovelace+x@corp.co.uk now'],
  ['email', '{"mail":"jürgen@müller.de"}'],
  ['email', 'ada@notexample.com'],
  ['email', 'ada@example.com.evil.de'],
  ['phone number', 'ring +49 30 1234567!'],
  ['phone number', '(415) 555-2671'],
  ['payment card', '4111 1111 1111 1111'],
  ['payment card', '378282246310005'],
  ['IBAN', 'DE89 3704 0044 0532 0130 00 is mine'],
  ['IBAN', 'GB82WEST12345698765432'],
  ['US social security number', '123-45-6789'],
  ['IPv4 address', 'from 93.184.216.34 port 80'],
  ['IPv6 address', '2a00:1450:4001:82a::200e'],
  ['MAC address', 'aa:bb:cc:dd:ee:ff'],
  ['JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc'],
  ['private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ['URL with a password', 'postgres://app:S3cret@db/x'],
])('finds %s in %p', (name, text) => {
  expect(detect(text)).toContain(name)
  expect(text).toMatch(new RegExp(hint))
})

it.each([
  'u0123456789abcdef@example.com, ada@mail.example.org, bob@shop.example',
  '+1 (555) 010-0199 and +999 30 1234567 and 555-123-4567',
  '4242 4218 2634 4259',
  '4111 1111 1111 1112',
  'DE89 3704 0044 0532 0130 02',
  '10.0.0.1 192.168.1.1 198.18.3.4 203.0.113.9 2001:db8::1 999.1.1.1',
  '02:00:00:aa:bb:cc',
  '000-12-3456 2024-01-02 12:34:56 std::vector',
  'postgres://db/x https://example.com/0123456789abcdef',
  '123e4567-e89b-42d3-8456-426614174000',
])('finds nothing in %p', (text) => {
  expect(detect(text)).toEqual([])
})
