/** Checklists on the phone: the same pure functions as the server's, judged by the same cases. */

export * from '@/foundation/checklists/answers';
export * from '@/foundation/checklists/conditions';
export * from '@/foundation/checklists/demands';
export * from '@/foundation/checklists/difference';
export * from '@/foundation/checklists/listed';
export * from '@/foundation/checklists/manifest';
export * from '@/foundation/checklists/registers';
export * from '@/foundation/checklists/scoring';
export * from '@/foundation/checklists/sheet';
export * from '@/foundation/checklists/template';
