import { GET as answer } from '../api/v1/ready/route.ts';

export const GET = answer;
