import { GET as answer } from '../api/v1/metrics/route.ts';

export const GET = answer;
