/** Whether a header or text is not what is expected: null for absent, a pattern between /^ and /, else the text itself. */
export function valueDiffers(expected, actual) {
  if (expected === null)
    return actual !== undefined;
  return expected.startsWith('/^') && expected.endsWith('/')
    ? actual === undefined || !new RegExp(expected.slice(1, -1)).test(actual)
    : expected !== actual;
}

/** The differences between expected and actual JSON, each with its path. The order of keys counts. */
export function* differences(expected, actual, path = '$') {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      yield `${path}: an array of ${expected.length} was expected, not ${show(actual)}`;
    else
      for (const [index, item] of expected.entries())
        yield* differences(item, actual[index], `${path}[${index}]`);
  } else if (expected && typeof expected === 'object') {
    yield* members(expected, actual, path);
  } else if (typeof expected === 'string' ? !matches(expected, actual) : expected !== actual) {
    yield `${path}: ${show(expected)} was expected, not ${show(actual)}`;
  }
}

function* members(expected, actual, path) {
  if (!actual || typeof actual !== 'object' || Array.isArray(actual)) {
    yield `${path}: an object was expected, not ${show(actual)}`;
    return;
  }
  const isOpen = '...' in expected;
  const keys = Object.keys(expected).filter(key => key !== '...');
  const told = Object.keys(actual);
  if (isOpen ? keys.some(key => !told.includes(key)) : keys.join() !== told.join())
    yield `${path}: the keys ${keys.join(', ')} were expected, not ${told.join(', ')}`;
  for (const key of keys.filter(each => told.includes(each)))
    yield* differences(expected[key], actual[key], `${path}.${key}`);
}

function matches(expected, actual) {
  switch (expected) {
    case '{{any}}': return actual !== undefined;
    case '{{string}}': return typeof actual === 'string';
    case '{{number}}': return typeof actual === 'number';
    case '{{array}}': return Array.isArray(actual);
    case '{{object}}': return actual !== null && typeof actual === 'object' && !Array.isArray(actual);
    default: return typeof actual === 'string' && !valueDiffers(expected, actual);
  }
}

const show = value => JSON.stringify(value) ?? 'nothing';
