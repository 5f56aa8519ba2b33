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
  ['IPv4 address', '1.2.3.255'],
  ['IPv4 address', '223.1.1.1'],
  ['IPv4 address', '172.15.1.1'],
  ['IPv4 address', '172.32.1.1'],
  ['IPv4 address', '1.16.1.1'],
  ['IPv4 address', '198.17.1.1'],
  ['IPv4 address', '198.20.1.1'],
  ['IPv4 address', '1.18.1.1'],
  ['IPv4 address', '8.10.1.1'],
  ['IPv4 address', '110.1.1.1'],
  ['IPv6 address', '2a00::1:1'],
  ['IPv6 address', '1:2:3:4:5:6:7:8'],
  ['IPv6 address', '1:2001:db8::1'],
  ['payment card', '4222222222222'],
  ['payment card', '4000000000000000006'],
  ['IBAN', 'NO9386011117947XYZ'],
  ['MAC address', '00:00:00:00:00:01'],
  ['MAC address', 'FF-FF-FF-FF-FF-FE'],
  ['MAC address', '01:00:00:00:00:00'],
  ['MAC address', 'FE:FF:FF:FF:FF:FF'],
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
  '0.1.2.3 224.0.0.1 1.2.3.256 127.0.0.1 169.254.1.1 192.0.2.1 198.51.100.1',
  '172.16.1.1 172.31.1.1 198.18.1.1 198.19.1.1',
  '1::2 12:34:56 1:2:3:4:5:6:7 a:b:c::1::2 2001:0db8::1:2',
  '02:00:00:aa:bb:cc 02-00-00-AA-BB-CC 00:00:00:00:00:00 FF:FF:FF:FF:FF:FF',
  '400000000006 40000000000000000002',
  'XX89 3704 0044 0532 0130 00 DE89 3704 0044 0532 013',
  '000-12-3456 2024-01-02 12:34:56 std::vector',
  'postgres://db/x https://example.com/0123456789abcdef',
  '123e4567-e89b-42d3-8456-426614174000',
])('finds nothing in %p', (text) => {
  expect(detect(text)).toEqual([])
})
