#!/bin/sh
# One stage with LMM-R1's trainer. Use: train.sh fre|mgt MODEL DATA.jsonl OUT [more of its flags]
# SETTINGS=paper (LMM-R1's table A7) or scripts (what its repository ran); NODES, REWARD, EVAL, RAY: see README.md.
set -eu
[ $# -ge 4 ] || { echo "train.sh: expected fre|mgt MODEL DATA.jsonl OUT" >&2; exit 2; }
stage=$1 model=$2 data=$3 out=$4
shift 4
nodes=${NODES:-1}
gpus=$((8 * nodes))
reward=${REWARD:-"http://127.0.0.1:5000/get_reward?verifier=exact"}

# Ray runs the job in a folder of its own.
[ ! -e "$model" ] || model=$(realpath "$model")
data=$(realpath "$data")
out=$(realpath -m "$out")

case ${SETTINGS:-paper}-$stage in
  paper-fre) estimator=reinforce_baseline rate=1e-6 batch=128 episodes=1 length=8192 ;;
  paper-mgt) estimator=gae rate=4e-7 batch=256 episodes=2 length=8192 ;;
  scripts-fre) estimator=reinforce_baseline rate=4e-7 batch=256 episodes=2 length=4096 ;;
  scripts-mgt) estimator=gae rate=1e-6 batch=256 episodes=2 length=4096 ;;
  *) echo "train.sh: expected fre or mgt, and SETTINGS=paper or scripts, not $stage and ${SETTINGS:-paper}" >&2; exit 2 ;;
esac
if [ "$estimator" = gae ]; then
  set -- --critic_num_nodes "$nodes" --critic_num_gpus_per_node 8 --critic_learning_rate 9e-6 "$@"
fi
if [ -n "${EVAL:-}" ]; then
  set -- --eval_dataset "$(realpath "$EVAL")" --eval_steps 20 "$@"
fi

exec ray job submit --address "${RAY:-http://127.0.0.1:8265}" \
  --runtime-env-json '{"env_vars": {"VLLM_USE_V1": "1", "VLLM_ENABLE_V1_MULTIPROCESSING": "0"}}' \
  -- python -m openrlhf.cli.train_ppo_ray \
  --pretrain "$model" --save_path "$out" --ckpt_path "$out/checkpoints" --save_hf_ckpt --load_checkpoint --save_steps 20 \
  --remote_rm_url "$reward" --prompt_data "$data" --input_key message --label_key answer --max_samples 100000 \
  --ref_num_nodes "$nodes" --ref_num_gpus_per_node 8 --actor_num_nodes "$nodes" --actor_num_gpus_per_node 8 \
  --vllm_num_engines "$gpus" --vllm_tensor_parallel_size 1 --colocate_all_models --vllm_enable_sleep \
  --vllm_gpu_memory_utilization 0.5 --vllm_sync_backend gloo --enable_prefix_caching \
  --advantage_estimator "$estimator" --n_samples_per_prompt 16 --temperature 1.0 \
  --train_batch_size "$batch" --rollout_batch_size "$batch" --micro_train_batch_size 2 --micro_rollout_batch_size 2 \
  --max_epochs 1 --num_episodes "$episodes" --init_kl_coef 0.001 --lambd 1 --gamma 1 \
  --actor_learning_rate "$rate" --lr_warmup_ratio 0.03 --normalize_reward \
  --prompt_max_len 4096 --generate_max_len "$length" \
  --zero_stage 3 --bf16 --flash_attn --gradient_checkpointing "$@"
