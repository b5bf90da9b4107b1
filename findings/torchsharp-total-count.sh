#!/usr/bin/env bash
# Version: TorchSharp 0.107.0.
# Behaviour: torch.Tensor.TotalCount counts every Parameter twice when it is made and takes one away when it is disposed: a program that makes and
# disposes networks seems to leak one tensor for each of their parameters. The statistics of the dispose scopes count right.
# Who meets it: whoever tests that training or sampling leaves no tensors behind.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
cat >finding.csproj <<'X'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost></PropertyGroup>
  <ItemGroup><PackageReference Include="TorchSharp-cpu" Version="0.107.0" /></ItemGroup>
</Project>
X
cat >Program.cs <<'X'
using TorchSharp;
Glue.Fit();
long Left(Func<long> count, Action act)
{
    var before = count();
    using (torch.NewDisposeScope())
    {
        act();
    }

    return count() - before;
}

void Make()
{
    using var layer = torch.nn.Linear(2, 2);
}

var total = Left(() => torch.Tensor.TotalCount, Make);
var live = Left(() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount, Make);
var tensor = Left(() => torch.Tensor.TotalCount, () => torch.ones(2));
Console.WriteLine($"after a Linear layer of two parameters was made and disposed: TotalCount +{total}, live in this thread +{live}; after a plain tensor: TotalCount +{tensor}");
return total == 2 && live == 0 && tensor == 0 ? 0 : 1;

// The glue names a version of libstdc++ that older systems lack and that nothing uses: marked weak in this copy, it loads there too.
static class Glue
{
    public static void Fit()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        var bytes = File.ReadAllBytes(path);
        var hash = 0u;
        foreach (var c in "GLIBCXX_3.4.32")
        {
            hash = (hash << 4) + c;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }

        for (var at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(hash)); at > 0; at = -1)
        {
            bytes[at + 4] |= 2;
            File.WriteAllBytes(path, bytes);
        }
    }
}
X
dotnet build -c Release -v quiet --nologo -o out >build.log 2>&1 || { cat build.log; exit 2; }
dotnet out/finding.dll && echo "as found" || { echo "changed"; exit 1; }
