// Whose credentials these are.
import { STS } from '@aws-sdk/client-sts';
import { awsError } from './aws-errors.ts';

/**
 * Account and ARN behind the credentials. Needs no permission; throws a PlatformError where there are none or they are not
 * accepted. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function identity(region: string): Promise<{ account: string; arn: string }> {
  const requestHandler = { connectionTimeout: 2000, requestTimeout: 8000, throwOnRequestTimeout: true };
  try {
    const { Account = '', Arn = '' } = await new STS({ region, requestHandler }).getCallerIdentity({});
    return { account: Account, arn: Arn };
  } catch (error) {
    throw awsError({ platform: 'sts', operation: 'GetCallerIdentity', write: false }, error);
  }
}
