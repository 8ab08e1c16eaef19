// The simulated workspace's types, under short names.
import type { SimSlack } from '../sim/slack/server.ts';

export type { SimSlack };
export type Message = ReturnType<SimSlack['messages']>[number];
export type Person = ReturnType<SimSlack['as']>['person'];
export type Clickable = ReturnType<SimSlack['clickables']>[number];
export type Change = Parameters<Parameters<SimSlack['onChange']>[0]>[0];
