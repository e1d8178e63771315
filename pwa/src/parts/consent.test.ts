import { expect, test } from 'vitest';
import { type ConsentQuestion, firstOpen, isSteady } from './consent';

const asked = (id: string): ConsentQuestion => ({
  id,
  title: id,
  purpose: '',
  keeping: '',
  refusing: '',
  alternative: '',
});
const questions = [asked('photo'), asked('voice'), asked('sign')];

test('asking goes on at the first question without an answer, also after one was passed over', () => {
  expect(firstOpen(questions, {})).toBe(0);
  expect(firstOpen(questions, { photo: 'no' })).toBe(1);
  expect(firstOpen(questions, { photo: 'yes', sign: 'yes' })).toBe(1);
  expect(firstOpen(questions, { photo: 'yes', voice: 'no', sign: 'yes' })).toBe(3);
  expect(firstOpen(questions, { photo: undefined, somebodyElses: 'yes' })).toBe(0);
});

test('a trembling hand does not answer the question that has just come', () => {
  expect(isSteady(1000, 1599)).toBe(false);
  expect(isSteady(1000, 1600)).toBe(true);
});
