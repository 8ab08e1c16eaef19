import { memoryStore } from '../memory.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('memory', memoryStore);
