@rem npm's scripts say "exec", so that no shell stands between npm's signals and the program. cmd.exe has no such word and finds this file.
@%*
