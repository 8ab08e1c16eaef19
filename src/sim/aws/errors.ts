// Errors as an AWS service answers them; each protocol puts them on the wire in its own shape.

/** `code` is the name clients see, `status` the HTTP status. 4xx are the sender's fault. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** What the error says beside its message. */
  readonly members: Record<string, string>;

  constructor(code: string, message: string, status: number, members: Record<string, string>) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** An error to throw from a route; 400 unless told. */
export function awsError(code: string, message: string, status = 400, members: Record<string, string> = {}): AwsError {
  return new AwsError(code, message, status, members);
}
