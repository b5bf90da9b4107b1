using Dfx.Elf;

// Called by the build: marks the copy of TorchSharp's glue under artifacts/, where this system needs it. The package cache stays as it is.
if (args is not [var path])
{
    Console.Error.WriteLine("Usage: dotnet Dfx.Libtorch.dll PATH/libLibTorchSharp.so");
    return 2;
}

try
{
    var present = WeakVersion.SystemLibrary() is { } library ? new ElfVersions(File.ReadAllBytes(library)).Definitions : null;
    if (WeakVersion.Mark(File.ReadAllBytes(path), present) is { } marked)
    {
        // A process that has the file mapped keeps the old one, and the package's file, should this one be a link to it, stays as it is.
        File.WriteAllBytes(path + ".marked", marked);
        File.Move(path + ".marked", path, overwrite: true);
    }

    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{path}: error : {e.Message}");
    return 1;
}
