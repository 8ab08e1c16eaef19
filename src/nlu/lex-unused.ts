// What an export may carry that this bot does not have: the dialog is the core's, so Lex must not lead one of its own.

type Found = (value: unknown) => string | undefined;

/** By key, wherever it stands in a file: what is there, or nothing where it is off or empty. */
const carried: Record<string, Found> = {
  conditional: (it) => (on(it, 'isActive', 'active') ? 'a conditional branch' : undefined),
  dialogCodeHook: (it) => (on(it, 'enabled') ? 'a dialog code hook' : undefined),
  fulfillmentCodeHook: (it) => (on(it, 'enabled') ? 'a fulfillment code hook' : undefined),
  codeHook: (it) => (on(it, 'isActive', 'active', 'enableCodeHookInvocation') ? 'a code hook' : undefined),
  intentConfirmationSetting: (it) => (isThere(it) && !isOff(it) ? 'a confirmation' : undefined),
  intentClosingSetting: (it) => (isThere(it) && !isOff(it) ? 'a closing response' : undefined),
  inputContexts: (it) => (isThere(it) ? 'an input context' : undefined),
  outputContexts: (it) => (isThere(it) ? 'an output context' : undefined),
  kendraConfiguration: (it) => (isThere(it) ? 'a Kendra search' : undefined),
  qnAIntentConfiguration: (it) => (isThere(it) ? 'a QnA intent' : undefined),
  qInConnectIntentConfiguration: (it) => (isThere(it) ? 'a Q in Connect intent' : undefined),
  bedrockAgentIntentConfiguration: (it) => (isThere(it) ? 'a Bedrock agent' : undefined),
  multipleValuesSetting: (it) => (on(it, 'allowMultipleValues') ? 'several values in a slot' : undefined),
  compositeSlotTypeSetting: (it) => (isThere(it) ? 'a composite slot type' : undefined),
  subSlotSetting: (it) => (isThere(it) ? 'a composite slot' : undefined),
  externalSourceSetting: (it) => (isThere(it) ? 'a grammar' : undefined),
  regexFilter: (it) => (isThere(it) ? 'a pattern for values' : undefined),
  parentSlotTypeSignature: (it) => (isThere(it) ? 'a slot type made from a built-in one' : undefined),
  defaultValueSpecification: (it) => (isThere(it) ? 'a default value' : undefined),
  variations: (it) => (isThere(it) ? 'variations of a message' : undefined),
};
const branches = ['captureConditional', 'failureConditional', 'successConditional', 'timeoutConditional'];
for (const key of branches) carried[key] = carried['conditional']!;

/** What of it is in a file's JSON, each once, in the order of the file. */
export function unused(json: unknown): string[] {
  return [...new Set(walk(json))];
}

function walk(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(walk);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const what = Object.hasOwn(carried, key) ? carried[key]!(inner) : undefined;
    return [...(what === undefined ? [] : [what]), ...walk(inner)];
  });
}

function on(value: unknown, ...keys: string[]): boolean {
  return (
    typeof value === 'object' && value !== null && keys.some((key) => (value as Record<string, unknown>)[key] === true)
  );
}

/** Said to be off; what does not say so is on. */
function isOff(value: unknown): boolean {
  const { isActive, active } = value as { isActive?: unknown; active?: unknown };
  return isActive === false || active === false;
}

function isThere(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '';
}
