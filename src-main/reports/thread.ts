/** Entry of the thread that a `Reader` starts. */
import { questions } from './questions.ts';
import { serve } from './serve.ts';

serve(questions);
