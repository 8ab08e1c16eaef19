// Log lines: JSON on stdout, one a line, without secrets.
import { pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

const hidden = '[hidden]';

/** Members whose value is hidden whatever it looks like. */
const secretKeys = [
  'authorization',
  'botToken',
  'appToken',
  'cookie',
  'password',
  'responseUrl',
  'response_url',
  'secret',
  'secretAccessKey',
  'SecretAccessKey',
  'sessionToken',
  'SessionToken',
  'signingSecret',
  'token',
];

const patterns: [RegExp, string][] = [
  // Slack tokens, rotated and configuration ones too: https://docs.slack.dev/authentication/tokens
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]+/gi, hidden],
  [/\bxapp-[\w-]+/gi, hidden],
  [/\bBearer\s+[\w.~+/=-]+/gi, `Bearer ${hidden}`],
  // AWS access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}/g, hidden],
  // A secret key or signing secret has no shape of its own, so it is known by the word before it.
  [
    /(secret[\w\s"'\\:=.-]{0,40}?)(?<![A-Za-z0-9/+])(?:[A-Za-z0-9/+]{40}|[0-9a-f]{32})(?![A-Za-z0-9/+])/gi,
    `$1${hidden}`,
  ],
  // Incoming webhooks and response_urls let anybody post: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  [/(https?:\/\/hooks\.slack(?:-gov)?\.com\/)[^\s"'\\<>|)]+/gi, `$1${hidden}`],
  [new RegExp(`("(?:${secretKeys.join('|')})":)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1"${hidden}"`],
];

/** The text without Slack tokens, AWS keys, and addresses that anybody could post to. */
export function scrub(text: string): string {
  return patterns.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}

/** A logger that writes JSON lines to `stream` (stdout where left out); every line is scrubbed as written. */
export function logger({ level, stream }: { level: string; stream?: DestinationStream }): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.err, error: stdSerializers.err, reason: stdSerializers.err },
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: hidden },
    hooks: { streamWrite: scrub },
  };
  return stream ? pino(options, stream) : pino(options);
}
