// Intent -> handler. The compiler asks for one when the catalog gains an intent.
import type { Intent } from '../../intents/catalog.ts';
import type { Handler } from '../core/call.ts';
import { cancel } from './cancel.ts';
import { deploy, rollback } from './deploy.ts';
import { events } from './events.ts';
import { fleet } from './fleet.ts';
import { freeze, unfreeze } from './freeze.ts';
import { help, whoami } from './help.ts';
import { history } from './history.ts';
import { language } from './language.ts';
import { lock, unlock } from './lock.ts';
import { abort, running } from './running.ts';
import { promote } from './promote.ts';
import { restart } from './restart.ts';
import { rights } from './rights.ts';
import { scale } from './scale.ts';
import { status } from './status.ts';
import { swap } from './swap.ts';
import { traffic } from './traffic.ts';
import { undo } from './undo.ts';
import { verify } from './verify.ts';
import { versions } from './versions.ts';
import { approvals, schedule } from './waiting.ts';

export const handlers: Record<Intent, Handler> = {
  Status: status,
  Fleet: fleet,
  Events: events,
  Versions: versions,
  Scale: scale,
  Deploy: deploy,
  Rollback: rollback,
  Undo: undo,
  Schedule: schedule,
  Promote: promote,
  Restart: restart,
  Swap: swap,
  Traffic: traffic,
  Lock: lock,
  Unlock: unlock,
  Freeze: freeze,
  Unfreeze: unfreeze,
  Approvals: approvals,
  Rights: rights,
  History: history,
  Verify: verify,
  Running: running,
  Abort: abort,
  Cancel: cancel,
  Help: help,
  Whoami: whoami,
  Language: language,
};
