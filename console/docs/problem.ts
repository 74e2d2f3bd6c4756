import '../tokens.css';
import '../console.css';
import './docs.css';
import { chosenScheme, showScheme } from '../scheme.ts';

// The page is whole without it: this has the colours that the reader has chosen.
showScheme(chosenScheme());
