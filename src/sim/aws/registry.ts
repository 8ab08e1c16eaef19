// Every simulated service, one line each.
import { autoscaling } from './autoscaling.ts';
import { beanstalk } from './beanstalk-routes.ts';
import { cloudwatch } from './cloudwatch.ts';
import { ecr } from './ecr.ts';
import { ecs } from './ecs-changes.ts';
import { lex } from './lex.ts';
import { quotas } from './quotas.ts';
import type { Service } from './route.ts';
import { sqs } from './sqs.ts';
import { sts } from './sts.ts';
import { translate } from './translate.ts';

export const services: readonly Service[] = [
  ecs,
  autoscaling,
  beanstalk,
  cloudwatch,
  ecr,
  sts,
  lex,
  translate,
  sqs,
  quotas,
];
