// Loaded before every test file: decorators need the metadata API before the first class is declared.
import 'reflect-metadata';
