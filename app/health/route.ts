import { GET as answer } from '../api/v1/health/route.ts';

export const GET = answer;
