import { memoryWakeups } from '../memory.ts';
import { wakeupsContract } from '../contracts/wakeups.ts';

wakeupsContract('memory', memoryWakeups);
